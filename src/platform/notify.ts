import type { Env } from './effects.ts';
import { runProgram } from './spawn.ts';

/** What a notification on the desktop says; any text, which is shown as it is. */
export interface Notification {
  readonly title: string;
  readonly body: string;
}

/** A program that shows one: its arguments, and what is added to its environment. */
interface Notifier {
  readonly file: string;
  readonly args: (notification: Notification) => readonly string[];
  readonly env: (notification: Notification) => Env;
}

const PATIENCE_MS = 5000;

/** The text is an argument, or a value of the environment, and never a part of what is interpreted. */
const NOTIFIERS: Readonly<Record<string, Notifier>> = {
  darwin: {
    file: 'osascript',
    args: ({ title, body }) => [
      '-e',
      'on run argv',
      '-e',
      'display notification (item 2 of argv) with title (item 1 of argv)',
      '-e',
      'end run',
      '--',
      title,
      body,
    ],
    env: () => ({}),
  },
  win32: {
    file: 'powershell.exe',
    args: () => [
      '-NoProfile',
      '-NonInteractive',
      '-Command',
      'Add-Type -AssemblyName System.Windows.Forms, System.Drawing; ' +
        '$n = New-Object System.Windows.Forms.NotifyIcon; ' +
        '$n.Icon = [System.Drawing.SystemIcons]::Information; $n.Visible = $true; ' +
        '$n.ShowBalloonTip(5000, $env:CODEARTS_HOOKS_TITLE, $env:CODEARTS_HOOKS_BODY, "None"); ' +
        'Start-Sleep -Seconds 4; $n.Dispose()',
    ],
    env: ({ title, body }) => ({ CODEARTS_HOOKS_TITLE: title, CODEARTS_HOOKS_BODY: body }),
  },
};

const LINUX: Notifier = {
  file: 'notify-send',
  // Its body is markup, by the Desktop Notifications Specification.
  args: ({ title, body }) => ['--app-name=codearts-hooks', '--', title, escapeMarkup(body)],
  env: () => ({}),
};

/**
 * Shows a notification on the desktop, by the program that the system has for it. Does not throw: where there is none,
 * nothing is shown.
 *
 * @returns why nothing was shown, or null
 */
export async function notify(
  notification: Notification,
  {
    env,
    cwd,
    platform = process.platform,
  }: { readonly env: Env; readonly cwd: string; readonly platform?: string },
): Promise<string | null> {
  const notifier = NOTIFIERS[platform] ?? LINUX;
  const { exitCode, output } = await runProgram(notifier.file, notifier.args(notification), {
    cwd,
    env: { ...env, ...notifier.env(notification) },
    timeoutMs: PATIENCE_MS,
  });
  return exitCode === 0 ? null : `${notifier.file}: ${output.trim() || `ended with ${exitCode}`}`;
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
