// What Node's environment must hold before it starts, so that Dawn (package `webgpu`) finds Vulkan where only a
// Chromium brought it. Dawn opens libvulkan.so.1 by its bare name, which only the loader's path can answer, and that
// path is read once at a process's start: measured without a system libvulkan, loading Chromium's copy through
// process.dlopen is not enough (Node closes it again), LD_LIBRARY_PATH is.

import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from './install.mjs';

const CHROMIUM_FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome', '/opt/chromium.org/chromium', '/opt/microsoft/msedge'];
const LIBRARY_FOLDERS = ['/lib', '/usr/lib', '/lib64', '/usr/lib64', '/usr/local/lib', '/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu', '/lib/aarch64-linux-gnu', '/usr/lib/aarch64-linux-gnu'];
const LOADER = 'libvulkan.so.1';
const DRIVER = 'vk_swiftshader_icd.json';

/**
 * Variables to add to a child's environment; empty where nothing is needed or nothing can be done.
 * @param {string} [browser] path of a browser that may lie outside the usual folders
 * @returns {Record<string, string>}
 */
export function dawnEnvironment(browser) {
  if (process.platform !== 'linux') return {};
  /** @type {Record<string, string>} */
  const variables = {};
  const folders = browser === undefined ? CHROMIUM_FOLDERS : [dirname(browser), ...CHROMIUM_FOLDERS];
  const hasOwnDriver = process.env.VK_DRIVER_FILES !== undefined || existsSync('/dev/dri') || existsSync('/dev/nvidia0');
  const driver = folders.find((one) => existsSync(join(one, DRIVER)));
  if (!hasOwnDriver && driver !== undefined) variables.VK_DRIVER_FILES = join(driver, DRIVER);
  const loader = folders.find((one) => existsSync(join(one, LOADER)));
  // SwiftShader asks libwayland for a screen, which complains on stderr when it has no folder to look in.
  if (driver !== undefined && process.env.XDG_RUNTIME_DIR === undefined) variables.XDG_RUNTIME_DIR = tmpdir();
  if (loader !== undefined && !systemHasLoader()) variables.LD_LIBRARY_PATH = withFirst(folderOfLoaderAlone(join(loader, LOADER)), process.env.LD_LIBRARY_PATH);
  return variables;
}

function systemHasLoader() {
  const named = process.env.LD_LIBRARY_PATH?.split(':') ?? [];
  return [...named, ...LIBRARY_FOLDERS].some((one) => {
    try {
      return readFileSync(join(one, LOADER)).length > 0;
    } catch {
      return false;
    }
  });
}

/** A browser's folder also holds its own libEGL and libGLESv2, which nobody else should load. @param {string} loader */
function folderOfLoaderAlone(loader) {
  const folder = join(projectRoot, 'node_modules/.cache/creditscope-vulkan', loader.replaceAll('/', '_'));
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, LOADER))) {
    try {
      symlinkSync(loader, join(folder, LOADER));
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error; // another process was faster
    }
  }
  return folder;
}

/** @param {string} first @param {string | undefined} rest */
function withFirst(first, rest) {
  return rest === undefined || rest === '' ? first : `${first}:${rest}`;
}
