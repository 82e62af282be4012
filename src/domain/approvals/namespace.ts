/** What our signatures are for: one that was made for git, a file or another program is none of ours (ssh-keygen(1), -Y). */
export const NAMESPACE = 'release-approval@release-runbook';
