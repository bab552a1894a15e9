/** Starts the Service Worker and asks it to compute. */
await navigator.serviceWorker.register('./serviceWorker.js', { type: 'module' });
const { active } = await navigator.serviceWorker.ready;
active!.postMessage('compute', []);
