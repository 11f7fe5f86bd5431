/**
 * The channel to the local cloud is the runtime's alone. In the cloud a function is nobody's child:
 * what looks for a parent (`if (process.send) process.send('ready')`) finds none.
 */
type Send = (message: object, sent: (error: Error | null) => void) => void;

export function takeChannel(): Send {
  const send = process.send?.bind(process);
  // Node itself needs `connected` and `channel`.
  for (const name of ['send', 'disconnect']) {
    Object.defineProperty(process, name, { value: undefined, writable: true, configurable: true });
  }
  return (message, sent) => void send?.(message, sent);
}
