import { isJsonObject, isOneOf, type JsonObject } from '../json.ts';

export const STATUS_PAGES = ['claude', 'openai', 'openai-incident-io'] as const;
/** `openai-incident-io` is the same page as incident.io hosts it: other ids, fewer fields. */
export type StatusPageId = (typeof STATUS_PAGES)[number];

const INDICATORS = ['none', 'minor', 'major', 'critical', 'maintenance'] as const;
export type Indicator = (typeof INDICATORS)[number];
const COMPONENT_STATES = ['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance'] as const;
export type ComponentState = (typeof COMPONENT_STATES)[number];

export interface StatusIncident {
  readonly name: string;
  readonly impact: Indicator;
  readonly status: 'investigating' | 'identified' | 'monitoring' | 'resolved';
}

/** What a page shows. Components that aren't named are operational. */
export interface StatusPageState {
  readonly indicator: Indicator;
  readonly components: { readonly [name: string]: ComponentState };
  readonly incident: StatusIncident | null;
  /** The page itself fails with this HTTP status. */
  readonly failsWith: number | null;
}

export const ALL_GREEN: StatusPageState = { indicator: 'none', components: {}, incident: null, failsWith: null };

/** Components as the real pages name them: the chat site is another one than the API. */
const COMPONENTS: { readonly [page in StatusPageId]: readonly string[] } = {
  claude: ['claude.ai', 'Claude Console (platform.claude.com)', 'Claude API (api.anthropic.com)', 'Claude Code'],
  openai: ['ChatGPT', 'Chat Completions', 'Responses', 'Embeddings'],
  'openai-incident-io': ['ChatGPT', 'Chat Completions', 'Responses', 'Embeddings'],
};

const DESCRIPTIONS: { readonly [indicator in Indicator]: string } = {
  none: 'All Systems Operational',
  minor: 'Minor Service Outage',
  major: 'Partial System Outage',
  critical: 'Major Service Outage',
  maintenance: 'Service Under Maintenance',
};

/** `GET /api/v2/summary.json` of a page. */
export function summaryOf(page: StatusPageId, state: StatusPageState, nowMs: number): JsonObject {
  const updatedAt = new Date(nowMs).toISOString();
  const isIncidentIo = page === 'openai-incident-io';
  const idOf = (index: number) => (isIncidentIo ? `01JMXB0000000000000000000${index}` : `sim${page}0000${index}`);
  const stamps = isIncidentIo ? {} : { created_at: '2026-01-01T00:00:00.000Z', updated_at: updatedAt, page_id: idOf(0) };
  return {
    page: {
      id: idOf(0),
      name: page === 'claude' ? 'Claude' : 'OpenAI',
      url: 'http://localhost',
      time_zone: 'Etc/UTC',
      updated_at: updatedAt,
    },
    status: { indicator: state.indicator, description: DESCRIPTIONS[state.indicator] },
    components: COMPONENTS[page].map((name, index) => ({
      id: idOf(index + 1),
      name,
      status: state.components[name] ?? 'operational',
      position: index + 1,
      ...(isIncidentIo
        ? {}
        : { description: null, showcase: true, group_id: null, group: false, only_show_if_degraded: false, start_date: null }),
      ...stamps,
    })),
    incidents: state.incident === null ? [] : [{ id: idOf(9), ...state.incident, ...stamps, incident_updates: [], components: [] }],
    scheduled_maintenances: [],
  };
}

/**
 * Checks a change that came from outside; fields left out stay as they are.
 * @throws RangeError naming the field and what it may be.
 */
export function changeStatusPage(page: StatusPageId, state: StatusPageState, change: unknown): StatusPageState {
  if (!isJsonObject(change)) throw new RangeError('a status page change is an object');
  const { indicator = state.indicator, components = state.components, incident = state.incident, failsWith = state.failsWith } = change;
  if (!isOneOf(INDICATORS, indicator)) throw new RangeError(`indicator must be one of ${INDICATORS.join(', ')}`);
  if (failsWith !== null && typeof failsWith !== 'number') throw new RangeError('failsWith must be an HTTP status or null');
  return { indicator, components: readComponents(page, components), incident: readIncident(incident), failsWith };
}

function readComponents(page: StatusPageId, value: unknown): StatusPageState['components'] {
  if (!isJsonObject(value)) throw new RangeError('components must be an object of component states by name');
  const entries = Object.entries(value).map(([name, state]): [string, ComponentState] => {
    if (!COMPONENTS[page].includes(name)) throw new RangeError(`component "${name}" is unknown; use one of ${COMPONENTS[page].join(', ')}`);
    if (!isOneOf(COMPONENT_STATES, state)) throw new RangeError(`component state must be one of ${COMPONENT_STATES.join(', ')}`);
    return [name, state];
  });
  return Object.fromEntries(entries);
}

const INCIDENT_STATES = ['investigating', 'identified', 'monitoring', 'resolved'] as const;

function readIncident(value: unknown): StatusIncident | null {
  if (value === null) return null;
  if (!isJsonObject(value) || typeof value.name !== 'string') throw new RangeError('incident must be null or have a name');
  const { name, impact = 'major', status = 'investigating' } = value;
  if (!isOneOf(INDICATORS, impact)) throw new RangeError(`incident.impact must be one of ${INDICATORS.join(', ')}`);
  if (!isOneOf(INCIDENT_STATES, status)) throw new RangeError(`incident.status must be one of ${INCIDENT_STATES.join(', ')}`);
  return { name, impact, status };
}
