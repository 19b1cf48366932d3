import type { LadderMinute } from '@stepdown/protocol';
import { describe, expect, it } from 'vitest';
import { errorsOf, linePath, topOf } from './sparkline-path.ts';

const minute = (fields: Partial<LadderMinute>): LadderMinute => ({
  at: 0,
  samples: 0,
  failures: 0,
  ttftP50Ms: null,
  ttftP95Ms: null,
  ...fields,
});

describe('sparklines', () => {
  it('bridge a few quiet minutes and leave long gaps open', () => {
    expect(linePath([10, null, null, 5, null, null, null, 0], 10, 20)).toBe('M0.5 0.0h0.01L3.5 10.0M7.5 20.0h0.01');
  });

  it('draw nothing where nothing is known, and stay inside of their box', () => {
    expect(linePath([null, null], 10, 20)).toBe('');
    expect(linePath([40], 10, 20)).toBe('M0.5 0.0h0.01');
  });

  it('are scaled by the slowest minute', () => {
    expect(topOf([minute({}), minute({})])).toBeNull();
    expect(topOf([minute({ ttftP50Ms: 300, ttftP95Ms: 1_000 }), minute({ ttftP50Ms: 400 })])).toBeCloseTo(1_100);
  });

  it('count what failed', () => {
    expect(errorsOf([minute({ samples: 3, failures: 1 }), minute({ samples: 2 })])).toEqual({ samples: 5, failures: 1 });
  });
});
