import styles from './state-machine.module.css';
import { stateTone, stateWords } from './state-words.ts';

const PATH = ['healthy', 'degraded', 'open', 'probing', 'ramping'] as const;
const GAP = 66;
const LEFT = 30;
const TOP = 26;

/** The life of a route as its machine draws it, with the state it is in lit. The words beside it say the same. */
export function StateMachine({ state }: { readonly state: string }) {
  const xOf = (index: number) => LEFT + index * GAP;
  const last = xOf(PATH.length - 1);
  const latchedX = xOf(PATH.length) + 6;
  return (
    <svg className={styles.machine} viewBox={`0 0 ${latchedX + 32} 54`} role="img" aria-label={`State: ${stateWords(state)}`}>
      <path className={styles.edge} d={`M ${last} ${TOP - 7} C ${last} 2, ${LEFT} 2, ${LEFT} ${TOP - 9}`} />
      <path className={styles.arrow} d={`m ${LEFT - 3.5} ${TOP - 13} 3.5 5 3.5 -5`} />
      {PATH.slice(1).map((name, index) => (
        <path key={name} className={styles.edge} d={`M ${xOf(index) + 9} ${TOP} H ${xOf(index + 1) - 9}`} />
      ))}
      <path className={styles.edge} data-loose d={`M ${last + 9} ${TOP} H ${latchedX - 9}`} />
      {[...PATH, 'latched'].map((name, index) => {
        const x = name === 'latched' ? latchedX : xOf(index);
        const isLit = name === state;
        return (
          <g key={name} className={styles.node} data-lit={isLit || undefined} data-tone={stateTone(name)}>
            {isLit && <circle cx={x} cy={TOP} r="10" className={styles.halo} />}
            <circle cx={x} cy={TOP} r={isLit ? 6.5 : 4.5} className={styles.dot} />
            <text x={x} y="50" textAnchor="middle">
              {stateWords(name)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
