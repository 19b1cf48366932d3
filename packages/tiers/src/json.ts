/** Reads what providers send without trusting its shape: a missing step or a wrong type gives undefined. */
export function readValue(value: unknown, ...path: readonly (string | number)[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, step);
  }
  return current;
}

export function readText(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = readValue(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function readCount(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = readValue(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

export function readList(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = readValue(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
