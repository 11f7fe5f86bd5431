import js from '@eslint/js';
import n from 'eslint-plugin-n';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A one-line `() => log(...)` says what it does; braces would add nothing.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Taking a property out of an object is how the rest of it is had.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-console': 'off',
      eqeqeq: 'error',
    },
  },
  {
    // What Node 16, the oldest runtime of the cloud, does not have.
    files: ['cloudfunctions/**/*.ts'],
    plugins: { n },
    rules: {
      'n/no-unsupported-features/node-builtins': ['error', { version: '>=16.13.0' }],
      'n/no-unsupported-features/es-builtins': ['error', { version: '>=16.13.0' }],
    },
  },
  {
    // The functions' domain stays free of the SDK and of the clock: both are passed in.
    files: ['cloudfunctions/shared/session/session*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'console'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: 'Take `now` as an argument.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take `now` as an argument.',
        },
      ],
    },
  },
  {
    // One-way rooms: nothing outside the mini program may reach into it, and it takes only types from the functions.
    files: ['miniprogram/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['**/cloudfunctions/**', '**/scripts/**'], allowTypeImports: true }],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Assertions on methods of plain objects, e.g. `expect(store.put)`.
      '@typescript-eslint/unbound-method': 'off',
      // `wx` rejects with plain objects, and so do the tests that stand in for it.
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
    },
  },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        require: 'readonly',
        module: 'writable',
        exports: 'writable',
        performance: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
);
