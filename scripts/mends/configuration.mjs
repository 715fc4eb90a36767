// The text of a configuration: main.tf of the root and of the modules that are folders of it.

import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { itemsIn } from './hcl-text.mjs';

export class Configuration {
  constructor(texts) {
    /** Path below the root → text. */
    this.texts = texts;
  }

  static async read(folder) {
    const modules = join(folder, 'modules');
    const names = existsSync(modules) ? await readdir(modules) : [];
    const files = ['main.tf', ...names.map((name) => `modules/${name}/main.tf`)];
    const read = files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')]);
    return new Configuration(new Map(await Promise.all(read)));
  }

  async write(folder) {
    for (const [file, text] of this.texts) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
  }

  /** The file that a module is written in: `module.a.module.b`, or nothing for the root. */
  fileOf(module) {
    let file = 'main.tf';
    for (const [, name] of module.matchAll(/module\.([\w-]+)/g)) {
      const text = this.texts.get(file);
      const call = itemsIn(text, 0, text.length).find((item) => item.name === 'module' && item.labels[0] === name);
      const source = itemsIn(text, call.from, call.to).find((item) => item.name === 'source');
      file = join(dirname(file), JSON.parse(text.slice(source.from, source.to).trim()), 'main.tf');
    }
    return file;
  }

  /** The block of an address, with its file. Instances of one block are one. */
  find(address) {
    const [, module, data, type, name] = /^((?:module\.[^.]+\.)*)(data\.)?(\w+)\.([\w-]+)/.exec(address);
    const file = this.fileOf(module);
    const text = this.texts.get(file);
    const kind = data === undefined ? 'resource' : 'data';
    const block = itemsIn(text, 0, text.length).find(
      (item) => item.name === kind && item.labels[0] === type && item.labels[1] === name,
    );
    if (block === undefined) throw new Error(`no ${address} in ${file}`);
    return { file, block };
  }

  edit(address, change) {
    const { file, block } = this.find(address);
    this.texts.set(file, change(this.texts.get(file), block));
  }

  /** Adds blocks to a module. */
  add(module, lines) {
    const file = this.fileOf(module);
    this.texts.set(file, `${this.texts.get(file).trimEnd()}\n\n${lines.join('\n')}\n`);
  }
}
