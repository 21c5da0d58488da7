import { Refused, Unreachable, urlOf } from "@foyer/client";
import {
  type Attachment,
  type AttachmentId,
  operations,
  type Problem,
  type PropertyId,
} from "@foyer/contract";
import { requestHeaders } from "./api.ts";

export interface Putting {
  readonly propertyId: PropertyId;
  readonly attachmentId: AttachmentId;
  readonly name: string;
  readonly file: Blob;
  /** How much is over, from 0 to 1. */
  readonly onProgress: (part: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Hands in a file. The one request that `fetch` cannot make: it does not tell how far it is.
 * Throws `Refused` or `Unreachable`.
 */
export function putFile(putting: Putting): Promise<Attachment> {
  const { propertyId, attachmentId, name, file, onProgress, signal } = putting;
  const operation = operations.uploadAttachment;
  const { promise, resolve, reject } = Promise.withResolvers<Attachment>();
  const request = new XMLHttpRequest();
  const lost = () => reject(new Unreachable(operation.name, {}));
  request.open(operation.method, urlOf(operation, { propertyId, attachmentId, name }));
  request.responseType = "json";
  request.setRequestHeader("accept", "application/json");
  request.setRequestHeader("content-type", "application/octet-stream");
  for (const [header, value] of Object.entries(requestHeaders())) {
    request.setRequestHeader(header, value);
  }
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  request.onload = () => {
    const { attachment } = (request.response ?? {}) as { attachment?: Attachment };
    if (request.status < 300 && attachment) resolve(attachment);
    else reject(new Refused(problemOf(request)));
  };
  request.onerror = lost;
  request.onabort = lost;
  signal.addEventListener("abort", () => request.abort());
  request.send(file);
  return promise;
}

function problemOf({ response, status }: XMLHttpRequest): Problem {
  if (response !== null && typeof response === "object" && "code" in response) return response;
  const title = `The server answered ${status}`;
  return { type: "about:blank", status, code: "service.failed", title };
}
