import { defineStepdownElement } from './host/stepdown-element.ts';

defineStepdownElement();
