import { loadStepdown, type StepdownOptions } from './load-stepdown.ts';

/**
 * Defines `<stepdown-chat url="https://chat.example.com" site="default">`: the same widget for pages that are written in
 * HTML alone. Attributes are those of the script tag without `data-`; `identity` may change later.
 */
export function defineStepdownElement(name = 'stepdown-chat'): void {
  if (!customElements.get(name)) customElements.define(name, createElementClass());
}

/** Made when it is asked for: a module that extends `HTMLElement` at import breaks on a server. */
function createElementClass(): CustomElementConstructor {
  return class StepdownChat extends HTMLElement {
    static readonly observedAttributes = ['identity', 'locale'];

    connectedCallback(): void {
      loadStepdown(optionsOf(this)).identify(this.getAttribute('identity'));
    }

    attributeChangedCallback(attribute: string, _before: string | null, value: string | null): void {
      if (!this.isConnected) return;
      const stepdown = loadStepdown(optionsOf(this));
      if (attribute === 'identity') stepdown.identify(value);
      else if (value !== null) stepdown.setLocale(value);
    }
  };
}

function optionsOf(element: HTMLElement): StepdownOptions {
  const text = (name: string) => element.getAttribute(name);
  const theme = text('theme');
  return {
    url: text('url') ?? location.origin,
    ...given('site', text('site')),
    ...given('locale', text('locale')),
    ...given('theme', theme === 'light' || theme === 'dark' ? theme : null),
    ...given('accent', text('accent')),
    ...given('position', text('position') === 'left' ? 'left' : null),
    ...given('offsetX', text('offset-x') === null ? null : Number(text('offset-x'))),
    ...given('offsetY', text('offset-y') === null ? null : Number(text('offset-y'))),
    ...given('label', text('label')),
  };
}

/** The option, or nothing at all where the attribute is missing: a default then stays a default. */
function given<Key extends keyof StepdownOptions>(
  key: Key,
  value: NonNullable<StepdownOptions[Key]> | null,
): Partial<Pick<StepdownOptions, Key>> {
  // One key of the options with a value of its own type, or none: both are what the result says.
  return (value === null ? {} : { [key]: value }) as Partial<Pick<StepdownOptions, Key>>;
}
