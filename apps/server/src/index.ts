export { defineConfig, type StepdownConfig } from './config-file.ts';
