/** A device, its memory or a worker is gone. What it was doing can be done again on another one. The message fits "...: MESSAGE." */
export class ResourceLost extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ResourceLost';
  }
}
