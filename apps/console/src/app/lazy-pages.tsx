import { type ComponentType, lazy, Suspense } from 'react';

/** Pages beside the inbox come when they are visited; the first page must be there at once. */
function page(load: () => Promise<{ default: ComponentType }>): ComponentType {
  const Late = lazy(load);
  return function LatePage() {
    return (
      <Suspense fallback={null}>
        <Late />
      </Suspense>
    );
  };
}

export const LazyLadder = page(() => import('../features/ladder/ladder-page.tsx'));
export const LazyFaq = page(() => import('../features/faq/faq-page.tsx'));
export const LazyTeam = page(() => import('../features/team/team-page.tsx'));
export const LazyReports = page(() => import('../features/reports/reports-page.tsx'));
export const LazySettings = page(() => import('./settings-page.tsx'));
