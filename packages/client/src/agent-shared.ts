import type { CannedReply, Label, TeamMember } from '@stepdown/protocol';
import type { AgentSocket } from './agent-connection.ts';
import type { AgentHttp } from './agent-http.ts';

/** What the whole team shares: who is here, labels and saved replies. */
export interface SharedView {
  readonly team: readonly TeamMember[];
  readonly labels: readonly Label[];
  readonly cannedReplies: readonly CannedReply[];
}

export const nothingShared: SharedView = { team: [], labels: [], cannedReplies: [] };

/** Reads it once and keeps it true to what the socket tells. */
export class AgentShared {
  view: SharedView = nothingShared;
  readonly #http: AgentHttp;
  readonly #onChange: () => void;
  #isEnded = false;

  constructor(http: AgentHttp, onChange: () => void) {
    this.#http = http;
    this.#onChange = onChange;
  }

  listen(socket: AgentSocket): void {
    socket.on('team:changed', ({ team }) => this.#take({ team }));
    socket.on('desk:changed', ({ what }) => void (what === 'labels' ? this.#readLabels() : this.#readReplies()));
  }

  reload(): void {
    void this.#readTeam();
    void this.#readLabels();
    void this.#readReplies();
  }

  end(): void {
    this.#isEnded = true;
  }

  async #readTeam(): Promise<void> {
    const answer = await this.#http.get<{ team: readonly TeamMember[] }>('/api/agent/team');
    if (answer.ok) this.#take({ team: answer.team });
  }

  async #readLabels(): Promise<void> {
    const answer = await this.#http.get<{ labels: readonly Label[] }>('/api/agent/labels');
    if (answer.ok) this.#take({ labels: answer.labels });
  }

  async #readReplies(): Promise<void> {
    const answer = await this.#http.get<{ replies: readonly CannedReply[] }>('/api/agent/canned-replies');
    if (answer.ok) this.#take({ cannedReplies: answer.replies });
  }

  #take(part: Partial<SharedView>): void {
    if (this.#isEnded) return;
    this.view = { ...this.view, ...part };
    this.#onChange();
  }
}
