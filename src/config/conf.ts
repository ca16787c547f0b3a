// By a name, and not as the default: a file of CommonJS, which it is bundled to, has another one for those that are none.
export { default as Conf } from 'conf';
