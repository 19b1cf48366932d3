import { HELLO, type HostState, type ToHost } from '../host-protocol.ts';

export interface FrameLink {
  readonly frame: HTMLIFrameElement;
  post(change: HostState): void;
  end(): void;
}

/**
 * Loads the frame and waits for its hello. Only this very window at our own origin is answered, and the answer can be
 * read at that origin alone (checklist D58). A frame that reloads says hello again and gets a new port.
 */
export function createFrameLink(url: string, state: HostState, receive: (message: ToHost) => void): FrameLink {
  const frame = document.createElement('iframe');
  const { origin } = new URL(url);
  let port: MessagePort | undefined;

  const hear = (event: MessageEvent) => {
    if (event.data !== HELLO || event.origin !== origin || event.source !== frame.contentWindow) return;
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = (message) => receive(message.data);
    frame.contentWindow?.postMessage(state, origin, [channel.port2]);
  };
  addEventListener('message', hear);
  frame.src = url;
  frame.hidden = true;
  return {
    frame,
    // Before the hello nothing needs to be posted: the welcome carries the state of that moment.
    post: (change) => port?.postMessage(change),
    end: () => {
      removeEventListener('message', hear);
      frame.remove();
    },
  };
}
