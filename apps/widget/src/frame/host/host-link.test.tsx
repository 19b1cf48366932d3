import { afterEach, describe, expect, it, vi } from 'vitest';
import { HELLO } from '../../host-protocol.ts';
import { connectToHost } from './host-link.ts';

const HOST = 'https://shop.example';

function post(data: unknown, from: { readonly origin: string; readonly source: Window | null; readonly port?: MessagePort }): void {
  window.dispatchEvent(
    new MessageEvent('message', { data, origin: from.origin, source: from.source, ports: from.port ? [from.port] : [] }),
  );
}

describe('[D58] the frame', () => {
  const frames: HTMLIFrameElement[] = [];
  const otherWindow = () => {
    const frame = document.body.appendChild(document.createElement('iframe'));
    frames.push(frame);
    const { contentWindow } = frame;
    if (!contentWindow) throw new Error('a frame in the document has a window');
    return contentWindow;
  };
  afterEach(() => {
    for (const frame of frames.splice(0)) frame.remove();
  });

  it('speaks first, to the origin it was loaded for', () => {
    const parent = otherWindow();
    const posted = vi.spyOn(parent, 'postMessage').mockImplementation(() => {});
    connectToHost(parent, HOST, () => {});
    expect(posted).toHaveBeenCalledExactlyOnceWith(HELLO, HOST);
  });

  it('answers its parent at the expected origin alone', () => {
    const parent = otherWindow();
    vi.spyOn(parent, 'postMessage').mockImplementation(() => {});
    const received = vi.fn();
    connectToHost(parent, HOST, received);
    const { port1 } = new MessageChannel();
    post({ isOpen: true, identify: 'stolen' }, { origin: HOST, source: otherWindow(), port: port1 });
    post({ isOpen: true, identify: 'stolen' }, { origin: 'https://evil.example', source: parent, port: port1 });
    post({ isOpen: true, identify: 'stolen' }, { origin: HOST, source: parent });
    expect(received).not.toHaveBeenCalled();
    post({ isOpen: true }, { origin: HOST, source: parent, port: port1 });
    expect(received).toHaveBeenCalledExactlyOnceWith({ isOpen: true });
    post({ isOpen: false }, { origin: HOST, source: parent, port: port1 });
    expect(received).toHaveBeenCalledOnce();
    port1.close();
  });
});
