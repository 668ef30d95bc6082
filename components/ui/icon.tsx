import type { IconNode } from "lucide";

/**
 * A picture of Lucide beside words that say the same. One element: a page has dozens, and their shapes as elements
 * would be a tenth of what it costs.
 */
export function Icon({ of, className = "size-4" }: { of: IconNode; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      className={`icon ${className}`}
      aria-hidden="true"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: shapes of the icon library
      dangerouslySetInnerHTML={{ __html: shapesOf(of) }}
    />
  );
}

const written = new WeakMap<IconNode, string>();

function shapesOf(icon: IconNode): string {
  const known = written.get(icon);
  if (known !== undefined) return known;
  const shapes = icon
    .map(([tag, attributes]) => {
      const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
      return `<${tag}${written.join("")}/>`;
    })
    .join("");
  written.set(icon, shapes);
  return shapes;
}
