import { plainText } from '../../ui/plain-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML, within elements and quoted attributes; without characters that turn the direction of writing. */
export function escapeHtml(text: string): string {
  return plainText(text, 2000).replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}
