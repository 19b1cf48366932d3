interface NamedStatus {
  readonly name: string;
  readonly status: string;
}

/** Any other word, `operational` first of all, is no trouble. `full_outage` is incident.io's word for a major one. */
const TROUBLE = new Map([
  ['degraded_performance', 'degraded performance'],
  ['partial_outage', 'a partial outage'],
  ['major_outage', 'a major outage'],
  ['full_outage', 'a full outage'],
]);

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function named(component: unknown, statusField: string): NamedStatus | undefined {
  const name = field(component, 'name');
  const status = field(component, statusField);
  return typeof name === 'string' && typeof status === 'string' ? { name, status } : undefined;
}

/** Statuspage v2, which incident.io pages also serve: `components[].{name, status}`. Groups repeat their worst member. */
function statuspageComponents(document: unknown): readonly (NamedStatus | undefined)[] {
  const components = list(field(document, 'components')).filter((component) => field(component, 'group') !== true);
  return components.map((component) => named(component, 'status'));
}

/** incident.io widget: `ongoing_incidents[].affected_components[].{name, current_status}`; healthy components are not listed. */
function widgetComponents(document: unknown): readonly (NamedStatus | undefined)[] {
  const incidents = list(field(document, 'ongoing_incidents'));
  return incidents
    .flatMap((incident) => list(field(incident, 'affected_components')))
    .map((component) => named(component, 'current_status'));
}

/**
 * What a status page says about the components whose names contain one of `wanted` (case ignored): words for an
 * operator, or undefined when it names no trouble there. A document of another shape names none.
 */
export function suspicionIn(document: unknown, wanted: readonly string[]): string | undefined {
  const components = [...statuspageComponents(document), ...widgetComponents(document)];
  for (const component of components) {
    if (component === undefined) continue;
    const trouble = TROUBLE.get(component.status);
    const isWanted = wanted.some((name) => component.name.toLowerCase().includes(name.toLowerCase()));
    if (trouble !== undefined && isWanted) return `The status page names ${trouble} of "${component.name}"`;
  }
  return undefined;
}
