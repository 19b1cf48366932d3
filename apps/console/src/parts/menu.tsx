import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { classes } from './classes.ts';
import { CheckIcon } from './icons.tsx';
import styles from './menu.module.css';

export interface MenuItem {
  readonly key: string;
  readonly label: ReactNode;
  /** What stands at the end of the line, quieter. */
  readonly detail?: ReactNode;
  /** Given: the item is a choice that is on or off, and choosing it keeps the menu open. */
  readonly isChecked?: boolean;
  readonly onChoose: () => void;
}

export interface MenuProps {
  /** Id of the button, for keys that open the menu. */
  readonly id?: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly items: readonly MenuItem[];
  readonly emptyText?: string;
  readonly side?: 'below' | 'above';
  /** Which edge of the button the menu keeps to. */
  readonly edge?: 'start' | 'end';
  readonly hasText?: boolean;
  readonly shortcut?: string;
}

/** A button with a list of things to do: arrows move, Enter chooses, Escape and a press elsewhere close. */
export function Menu(props: MenuProps) {
  const { id, label, icon, items, emptyText = '', side = 'below', edge = 'start', hasText = true, shortcut } = props;
  const [isOpen, setOpen] = useState(false);
  const menuId = useId();
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    list.current?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus();
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', pressed);
    return () => document.removeEventListener('pointerdown', pressed);
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    trigger.current?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return setOpen(false);
    // Single keys of the page mean nothing while a menu is open.
    if (event.key !== 'Enter' && event.key !== ' ') event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return close();
    return moveFocus(list.current, event.key);
  };

  return (
    <div ref={root} className={styles.menu}>
      <button
        ref={trigger}
        id={id}
        type="button"
        className={classes(styles.trigger, !hasText && styles.bare)}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        aria-keyshortcuts={shortcut}
        {...(!hasText && { 'aria-label': label, title: label })}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {icon}
        {hasText && <span className={styles.text}>{label}</span>}
      </button>
      {isOpen && (
        <div
          ref={list}
          id={menuId}
          role="menu"
          tabIndex={-1}
          aria-label={label}
          className={styles.list}
          data-side={side}
          data-edge={edge}
          onKeyDown={pressed}
        >
          {items.map((item) => (
            <Item key={item.key} item={item} onDone={close} />
          ))}
          {items.length === 0 && <p className={styles.empty}>{emptyText}</p>}
        </div>
      )}
    </div>
  );
}

function Item({ item, onDone }: { readonly item: MenuItem; readonly onDone: () => void }) {
  const { label, detail, isChecked, onChoose } = item;
  const choose = () => {
    if (isChecked === undefined) onDone();
    onChoose();
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.item}
      {...(isChecked === undefined ? { role: 'menuitem' } : { role: 'menuitemcheckbox', 'aria-checked': isChecked })}
      onClick={choose}
    >
      {isChecked !== undefined && <span className={styles.check}>{isChecked && <CheckIcon size={15} />}</span>}
      <span className={styles.label}>{label}</span>
      {detail !== undefined && <span className={styles.detail}>{detail}</span>}
    </button>
  );
}

/** Arrows, Home and End; a letter goes to the next item that begins with it. */
function moveFocus(list: HTMLElement | null, key: string): void {
  const items = [...(list?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  const focused = document.activeElement;
  const at = focused instanceof HTMLElement ? items.indexOf(focused) : -1;
  const places: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const place = places[key];
  if (place !== undefined) items[place]?.focus();
  if (key.length !== 1 || key === ' ') return;
  const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  after.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()))?.focus();
}
