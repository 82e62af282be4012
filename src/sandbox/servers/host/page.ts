/** The page that the edge shows when nothing of the application answers. */
export const BAD_GATEWAY = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>SANDBOX: nothing answers here</title></head>
<body><h1>502 Bad Gateway</h1><p>SANDBOX. The application behind this address does not answer.</p></body></html>
`;
