import { openVisitorSocket } from '@stepdown/client';
import type { SessionReady } from '@stepdown/protocol';

/** A short visit with the widget's own socket: connect, ask, leave. Returns the token that the server gave. */
export async function visitThrough(url: string, token?: string): Promise<string> {
  const socket = openVisitorSocket(url, () => ({ site: 'default', ...(token === undefined ? {} : { token }) }));
  const ready = new Promise<SessionReady>((resolve) => socket.on('session:ready', resolve));
  socket.connect();
  const session = await ready;
  await new Promise((resolve) =>
    socket.emit('message:send', { clientMessageId: crypto.randomUUID(), text: 'How long may I return it?' }, resolve),
  );
  socket.disconnect();
  return session.token;
}
