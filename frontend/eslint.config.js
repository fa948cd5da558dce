import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

/** Words in a screen come from the catalogue: a literal one would never be translated. */
const noLiteralText = {
  meta: { type: 'problem', messages: { literal: 'Put “{{text}}” into src/text.' } },
  create: (context) => ({
    SvelteText(node) {
      const text = node.value.trim();
      if (/\p{L}{2}/u.test(text) && node.parent.type === 'SvelteElement') {
        context.report({ node, messageId: 'literal', data: { text } });
      }
    },
  }),
};

export default ts.config(
  { ignores: ['dist', 'node_modules', 'e2e/out', 'src/lib/api/schema.d.ts'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      'svelte/no-at-html-tags': 'error',
      // It is about SvelteKit's resolve(); our router takes plain addresses.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['src/**/*.svelte'],
    plugins: { gaung: { rules: { 'no-literal-text': noLiteralText } } },
    rules: { 'gaung/no-literal-text': 'error' },
  },
);
