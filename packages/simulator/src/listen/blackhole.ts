import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { pause, type SimulatorClock } from '../clock.ts';
import { LOOPBACK } from './tcp.ts';

/** An address where a connection attempt gets no answer at all, as behind a firewall that drops packets. */
export interface Blackhole {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * A thread that listens with the smallest backlog and then sleeps, so nobody ever accepts. It is a string because the
 * same text then runs from source, from a test runner and from a bundle.
 */
const SLEEPING_LISTENER = `
const { parentPort, workerData } = require('node:worker_threads');
const server = require('node:net').createServer();
server.listen({ port: 0, host: '${LOOPBACK}', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  setImmediate(() => { Atomics.wait(workerData, 0, 0); process.exit(0); });
});`;

/** A connection to loopback completes within a millisecond; one that takes this long was dropped. */
const DROPPED_AFTER_MS = 60;
const FILLER_LIMIT = 16;

/**
 * Opens a blackhole: a full accept queue, to which Linux and macOS answer a SYN with silence. Windows answers with a
 * reset, so there it is a refused connection.
 * @throws Error when the queue is still accepting after 16 connections.
 */
export async function openBlackhole(clock: SimulatorClock): Promise<Blackhole> {
  const wakeUp = new Int32Array(new SharedArrayBuffer(4));
  const thread = new Worker(SLEEPING_LISTENER, { eval: true, workerData: wakeUp });
  const port = await new Promise<number>((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
  });
  const exited = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  const fillers: Socket[] = [];
  const close = async () => {
    for (const filler of fillers) filler.destroy();
    Atomics.store(wakeUp, 0, 1);
    Atomics.notify(wakeUp, 0);
    await exited;
  };
  while (await isAccepting(clock, port, fillers)) {
    if (fillers.length >= FILLER_LIMIT) {
      await close();
      throw new Error('this system accepts connections beyond the backlog: no blackhole can be made');
    }
  }
  return { port, close };
}

async function isAccepting(clock: SimulatorClock, port: number, fillers: Socket[]): Promise<boolean> {
  const filler = connect(port, LOOPBACK);
  fillers.push(filler);
  const answered = new AbortController();
  let isConnected = false;
  filler.on('error', () => answered.abort());
  filler.once('connect', () => {
    isConnected = true;
    answered.abort();
  });
  await pause(clock, DROPPED_AFTER_MS, answered.signal);
  // On a busy machine the timer may come first although the connection is there: one look at the network settles it.
  await setImmediate();
  return isConnected;
}
