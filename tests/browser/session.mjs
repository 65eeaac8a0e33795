// A headless Chromium in which reports are opened from disk: any console message, exception or request of a report fails its test.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export class Session {
  static async start(packages) {
    const { chromium } = createRequire(path.join(path.resolve(packages), "package.json"))("playwright-core");
    const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((file) => fs.existsSync(file));
    const session = new Session();
    session.browser = await chromium.launch({ executablePath, args: process.getuid() === 0 ? [...flags, "--no-sandbox"] : flags });
    session.passed = session.failed = 0;
    return session;
  }

  forget() { this.heard = []; }

  async test(name, file, check) {
    this.forget();
    const address = pathToFileURL(file).href, page = await this.browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(120000);   // enough for a busy machine
    page.on("console", (message) => this.heard.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => this.heard.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => (this.heard.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
    page.on("request", (request) => request.url() !== address && !request.url().startsWith("blob:") && this.heard.push(`request: ${request.url()}`));
    try {
      const before = await this.processorTime();
      await page.goto(address);
      await page.waitForSelector("body[data-ready=all]");
      this.opening = await this.processorTime() - before;
      await check(page);
      if (this.heard.length > 0) throw new Error("it was not quiet:");
      ++this.passed;
      console.log(`passed: ${name}`);
    } catch (error) {
      ++this.failed;
      console.log(`FAILED: ${name}\n  ${[error.message, ...this.heard].join("\n").replaceAll("\n", "\n  ")}`);
    }
    await page.close();
  }

  // Does it, and waits until all charts have been redrawn.
  async drawn(page, act) {
    await page.evaluate(() => document.body.removeAttribute("data-ready"));
    await act();
    await page.waitForSelector("body[data-ready=all]");
  }

  // CPU time of the pages so far, in ms: a busy machine lengthens every wait, but hardly this.
  async processorTime() {
    const connection = await this.browser.newBrowserCDPSession();
    const { processInfo } = await connection.send("SystemInfo.getProcessInfo");
    await connection.detach();
    return 1000 * processInfo.filter(({ type }) => type === "renderer").reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  }

  async download(page, act) {
    const [download] = await Promise.all([page.waitForEvent("download"), act()]);
    return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
  }

  async end() {
    await this.browser.close();
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed === 0 ? 0 : 1;
  }
}
