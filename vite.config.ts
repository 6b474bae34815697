import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: './',
  plugins: [react()],
  test: {
    projects: [
      { test: { name: 'unit', environment: 'node', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], exclude: ['src/**/*.gpu.test.ts'] } },
      { test: { name: 'dawn', environment: 'node', include: ['src/**/*.gpu.test.ts'], setupFiles: ['src/gpu/dawnSetup.ts'], testTimeout: 60_000, fileParallelism: false } },
    ],
  },
});
