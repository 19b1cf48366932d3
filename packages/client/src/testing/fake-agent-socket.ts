import type { AgentSocket } from '../agent-connection.ts';

export type Listener = (payload: unknown) => void;
export type Payload = Readonly<Record<string, unknown>>;

/** The house a socket leads to. */
export interface FakeSocketHouse {
  connect(socket: FakeAgentSocket): boolean;
  forget(socket: FakeAgentSocket): void;
  answer(call: { readonly name: string; readonly payload: Payload }): unknown;
}

export class FakeAgentSocket {
  connected = false;
  active = false;
  readonly #house: FakeSocketHouse;
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(house: FakeSocketHouse) {
    this.#house = house;
  }

  on(name: string, listener: Listener): this {
    this.#listeners.set(name, (this.#listeners.get(name) ?? new Set()).add(listener));
    return this;
  }

  connect(): this {
    this.connected = this.#house.connect(this);
    this.active = this.connected;
    if (!this.connected) queueMicrotask(() => this.deliver('connect_error', new Error('unauthorized')));
    return this;
  }

  disconnect(): this {
    this.active = false;
    this.connected = false;
    this.#house.forget(this);
    return this;
  }

  /** The connection broke and is not tried again by itself. */
  end(): void {
    this.active = false;
    this.connected = false;
    this.deliver('disconnect', 'io server disconnect');
  }

  emit(name: string, payload: Payload, acknowledge: Listener): this {
    const answer = this.#house.answer({ name, payload });
    if (answer !== 'silence') queueMicrotask(() => acknowledge(answer));
    return this;
  }

  deliver(name: string, payload: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload);
  }
}

/** `FakeAgentSocket` has every member of `AgentSocket`; its event names are plain strings where Socket.IO types each one. */
export function asAgentSocket(socket: FakeAgentSocket): AgentSocket {
  return socket as unknown as AgentSocket;
}
