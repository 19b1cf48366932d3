import type { Clock } from '@stepdown/kernel';
import type { AgentProfile } from '@stepdown/protocol';

export interface Viewer {
  readonly id: string;
  readonly name: string;
  readonly isTyping: boolean;
}

/** Which agents are really here, and what they look at: so that two never answer the same conversation unaware. */
export interface Presence {
  enter(socketId: string, agent: AgentProfile): void;
  leave(socketId: string): void;
  viewing(socketId: string, agent: AgentProfile, conversationId: string | undefined): void;
  typing(socketId: string, conversationId: string): void;
  /** Said by the agent, and kept whether a console is open or not. */
  setAway(agentId: string, isAway: boolean): void;
  /** A console is open, whatever the agent says. */
  isHere(agentId: string): boolean;
  isAway(agentId: string): boolean;
  /** Who could answer a visitor now: at a console, not away, with a role that may. */
  available(): readonly AgentProfile[];
  online(): number;
}

interface Seat {
  readonly agent: AgentProfile;
  conversationId: string | undefined;
  typingUntil: number;
}

const TYPING_MS = 5_000;

export function createPresence(ports: {
  readonly clock: Clock;
  readonly onViewers: (conversationId: string, viewers: readonly Viewer[]) => void;
  readonly onOnline: (count: number) => void;
}): Presence {
  const seats = new Map<string, Seat>();
  const away = new Set<string>();

  function available(): readonly AgentProfile[] {
    const here = new Map([...seats.values()].map(({ agent }) => [agent.id, agent]));
    return [...here.values()].filter(({ id, role }) => !away.has(id) && role !== 'viewer');
  }

  function tell(conversationId: string | undefined): void {
    if (conversationId === undefined) return;
    const now = ports.clock.now();
    const here = [...seats.values()].filter((seat) => seat.conversationId === conversationId);
    ports.onViewers(
      conversationId,
      here.map(({ agent, typingUntil }) => ({ id: agent.id, name: agent.name, isTyping: typingUntil > now })),
    );
  }

  const online = (): number => available().length;

  return {
    enter(socketId, agent) {
      seats.set(socketId, { agent, conversationId: undefined, typingUntil: 0 });
      ports.onOnline(online());
    },
    leave(socketId) {
      const seat = seats.get(socketId);
      seats.delete(socketId);
      tell(seat?.conversationId);
      ports.onOnline(online());
    },
    viewing(socketId, agent, conversationId) {
      const before = seats.get(socketId);
      const isSame = before?.conversationId === conversationId;
      // Reading the same conversation again is no reason to look up from typing.
      seats.set(socketId, { agent, conversationId, typingUntil: isSame ? (before?.typingUntil ?? 0) : 0 });
      if (!isSame) tell(before?.conversationId);
      tell(conversationId);
    },
    typing(socketId, conversationId) {
      const seat = seats.get(socketId);
      if (seat === undefined) return;
      seat.typingUntil = ports.clock.now() + TYPING_MS;
      tell(conversationId);
    },
    setAway(agentId, isAway) {
      if (away.has(agentId) === isAway) return;
      if (isAway) away.add(agentId);
      else away.delete(agentId);
      ports.onOnline(online());
    },
    isHere: (agentId) => [...seats.values()].some(({ agent }) => agent.id === agentId),
    isAway: (agentId) => away.has(agentId),
    available,
    online,
  };
}
