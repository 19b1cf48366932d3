import type { HostState, ToHost, WidgetEvent } from '../host-protocol.ts';
import { keepAttached } from './attach.ts';
import { createFrameLink, type FrameLink } from './frame-link.ts';
import { type Attribute, createLauncher } from './launcher.ts';

type Listener = (detail?: unknown) => void;
type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] };

/**
 * Puts the launcher on the page and answers commands. Until somebody points at it, focuses or opens it, nothing more is
 * fetched and nothing is stored. Commands that are not the loader's go to the frame, which checks and knows them.
 */
export function startWidget(scriptUrl: string, attribute: Attribute): (command: string, value?: unknown, listener?: Listener) => unknown {
  const state: Writable<HostState> = {
    isOpen: false,
    setLocale: attribute('locale') ?? document.documentElement.lang,
    theme: attribute('theme'),
    accent: attribute('accent'),
  };
  const label = attribute('label') ?? 'Chat';
  const { host, root, button, showOpen, showUnread } = createLauncher(attribute, label);
  let link: FrameLink | undefined;

  const emit = (name: WidgetEvent | 'gone', detail?: unknown) => {
    host.dispatchEvent(new CustomEvent(name, { detail }));
  };

  const receive = (message: ToHost) => {
    const { name, detail } = message;
    if (name === 'close') return setOpen(false);
    if (name === 'unread') showUnread(detail, message.note);
    if (name === 'gone') {
      link?.end();
      link = undefined;
      state.shutdown = false;
    }
    emit(name, detail);
  };

  const load = () => {
    if (link) return link;
    const query = `site=${attribute('site') ?? 'default'}&host=${location.origin}`;
    link = createFrameLink(scriptUrl.replace(/widget\.js.*/, `widget/frame.html?${query}`), state, receive);
    link.frame.title = label;
    root.append(link.frame);
    return link;
  };

  const tell = (change: HostState) => {
    Object.assign(state, change);
    link?.post(change);
  };

  const setOpen = (isOpen: boolean) => {
    if (isOpen === state.isOpen) return;
    const { frame } = load();
    tell({ isOpen, isFull: innerWidth < 481, url: location.href, title: document.title });
    showOpen(isOpen);
    frame.hidden = !isOpen;
    (isOpen ? frame : button).focus();
    emit(isOpen ? 'open' : 'close');
  };

  button.onclick = () => setOpen(!state.isOpen);
  button.onpointerenter = button.onfocus = load;
  button.onkeydown = ({ key }) => {
    if (key === 'Escape') setOpen(false);
  };
  keepAttached(host);

  return (command, value, listener) => {
    if (command === 'on') {
      const hear = (event: Event) => listener?.((event as CustomEvent).detail);
      host.addEventListener(`${value}`, hear);
      return () => host.removeEventListener(`${value}`, hear);
    }
    if (/^(open|close|toggle)$/.test(command)) setOpen(command === 'toggle' ? !state.isOpen : command === 'open');
    else if (command === 'shutdown') {
      setOpen(false);
      // The frame is loaded for this: an earlier page may have left something on this device.
      load();
      tell({ shutdown: true, identify: null, prefill: null });
    } else tell({ [command]: value });
    return undefined;
  };
}
