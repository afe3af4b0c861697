import { defineConfig, starterRulebook } from './lib/config.ts';

export default defineConfig({
  sources: [{ name: 'support', language: 'en-US', agentChannel: 0 }],
  retention: { defaultClass: '1-year' },
  tagging: { rulebook: starterRulebook({ creditLimitDollars: 25 }) },
});
