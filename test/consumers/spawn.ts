/** The same in a module Worker, in the words that bundlers understand. */
new Worker(new URL('./report.js', import.meta.url), { type: 'module' }).addEventListener('error', ({ message }) => {
  void fetch('/report', { method: 'POST', body: JSON.stringify([`the Worker failed: ${message}`]) });
});
