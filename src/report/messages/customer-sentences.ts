/** What customers may be told about their data (COM-08): one of these, by what is established. */
export const CUSTOMER_SENTENCES: Readonly<Record<string, string>> = {
  none: 'No customer data was lost.',
  possible: 'Some recent changes may have been lost; we will contact those affected.',
  checking: 'We are still checking whether any data was affected.',
};
