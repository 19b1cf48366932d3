import { ROUTE_RIGHTS } from '../access/rights.ts';

/** Open to everyone: signing in, redeeming a link, and what the widget keeps for the hour when this server is gone. */
export const PUBLIC_ROUTES: readonly string[] = ['POST /api/agent/sign-in', 'POST /api/agent/set-up', 'GET /api/faq/public'];

const GUARDED = /^\w+ \/api\/(agent|faq)(\/|$)/;

/** Routes of an Express app or router, routers inside included, as `GET /path`. */
export function routesOf(router: unknown): readonly string[] {
  return layersOf(router).flatMap((layer) => {
    const route = property(layer, 'route');
    if (route === undefined) return routesOfMounted(layer);
    const methods = Object.keys(property(route, 'methods') ?? {});
    return methods.map((method) => `${method === '_all' ? 'ALL' : method.toUpperCase()} ${String(property(route, 'path'))}`);
  });
}

/** Express keeps no readable prefix of a mounted router, so one that has a prefix can't be checked and counts as unlisted. */
function routesOfMounted(layer: unknown): readonly string[] {
  const inner = routesOf(property(layer, 'handle'));
  if (inner.length === 0 || property(layer, 'slash')) return inner;
  return inner.map((route) => route.replace(' ', ' /api/agent/(some prefix)'));
}

/** Console routes that neither the rights table nor the public list knows. */
export function unlistedRoutes(routes: readonly string[]): readonly string[] {
  const listed = new Set([...Object.keys(ROUTE_RIGHTS), ...PUBLIC_ROUTES]);
  return routes.filter((route) => GUARDED.test(route) && !listed.has(route));
}

/**
 * Deny by default, also against a mistake of ours (D49).
 * @throws Error naming the routes that nobody has decided about.
 */
export function requireListedRoutes(app: { readonly router: unknown }): void {
  const unlisted = unlistedRoutes(routesOf(app.router));
  if (unlisted.length > 0) throw new Error(`Routes without rights: ${unlisted.join(', ')}. List them in access/rights.ts.`);
}

function layersOf(router: unknown): readonly unknown[] {
  const stack = property(router, 'stack');
  return Array.isArray(stack) ? stack : [];
}

/** Express has no public way to list its routes; the shape is read carefully, and a test sees when it changes. */
function property(value: unknown, name: string): object | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || !(name in value)) return undefined;
  // `in` has just shown that the property is there; of what type is for the caller to find out.
  return (value as Record<string, object>)[name];
}
