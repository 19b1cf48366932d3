export { type ComposeOptions, composeServer, type RunningServer } from './compose.ts';
export { type ConfigResult, parseConfig, type ServerConfig } from './config.ts';
export { defineConfig, type StepdownConfig } from './config-file.ts';
