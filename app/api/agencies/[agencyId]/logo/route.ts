import * as agencies from "@/db/agencies";
import { isId } from "@/lib/input";
import { refuse, refuseWith } from "@/lib/server/download";
import { findViewer } from "@/lib/server/viewer";

type LogoContext = { params: Promise<{ agencyId: string }> };

/** An agency's logo, for its members and the owners of the creators it represents: a picture, whatever its bytes hold. */
export async function GET(_request: Request, { params }: LogoContext): Promise<Response> {
  const { agencyId } = await params;
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "Sign in, then open the picture again.");
  if (!isId(agencyId)) return refuse(404, "There is no such agency.");
  try {
    const { logo } = await agencies.brand(viewer, agencyId);
    if (!logo) return refuse(404, "This agency has no logo.");
    return new Response(new Uint8Array(logo.bytes), {
      headers: {
        "Cache-Control": "private, no-store",
        "Content-Type": logo.type,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
      },
    });
  } catch (error) {
    return refuseWith(error);
  }
}
