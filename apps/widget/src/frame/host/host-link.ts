import { HELLO, type HostState, type ToHost } from '../../host-protocol.ts';

export interface HostLink {
  post(message: ToHost): void;
}

/**
 * Says hello to the page and takes the port of the first answer that comes from the parent window at the expected origin
 * (checklist D58). What else is posted to this window is ignored, from the same page too.
 */
export function connectToHost(parent: Window, hostOrigin: string, receive: (change: HostState) => void): HostLink {
  let port: MessagePort | null = null;
  const waiting: ToHost[] = [];

  const hear = (event: MessageEvent) => {
    const [offered] = event.ports;
    if (event.source !== parent || event.origin !== hostOrigin || !offered) return;
    removeEventListener('message', hear);
    port = offered;
    port.onmessage = (message) => receive(asState(message.data));
    receive(asState(event.data));
    for (const message of waiting.splice(0)) port.postMessage(message);
  };
  addEventListener('message', hear);
  // A page without an origin of its own (a file, a sandbox) can't be named; the hello holds nothing secret.
  parent.postMessage(HELLO, hostOrigin === 'null' ? '*' : hostOrigin);
  return {
    post: (message) => {
      if (port) port.postMessage(message);
      else waiting.push(message);
    },
  };
}

/** Every field of `HostState` is optional and read with a check of its type in `host-store`, so an object is all it takes. */
function asState(data: unknown): HostState {
  return typeof data === 'object' && data !== null ? (data as HostState) : {};
}
