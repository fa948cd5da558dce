// Geometry of a screenshot that is cut and covered before it leaves the phone. All in parts of the picture, 0 to 1.
export type Box = { x: number; y: number; width: number; height: number };

const clamp = (n: number) => Math.min(1, Math.max(0, n));

/** The box between two points, wherever the drag began. */
export function boxOf(a: { x: number; y: number }, b: { x: number; y: number }): Box {
  const [left, right] = [clamp(Math.min(a.x, b.x)), clamp(Math.max(a.x, b.x))];
  const [top, bottom] = [clamp(Math.min(a.y, b.y)), clamp(Math.max(a.y, b.y))];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** A slip of the finger is no box. */
export const meant = ({ width, height }: Box) => width >= 0.02 && height >= 0.01;

/** A box by percents from each edge, as typed. */
export function fromEdges(top: number, right: number, bottom: number, left: number): Box {
  return boxOf({ x: left / 100, y: top / 100 }, { x: 1 - right / 100, y: 1 - bottom / 100 });
}

export const whole: Box = { x: 0, y: 0, width: 1, height: 1 };

const longest = 1600; // pixels that are sent

/** Draws the chosen part with its boxes. What was under a box is not in the picture any more, nor is what the
 * camera wrote into the file. */
export function draw(
  canvas: HTMLCanvasElement,
  picture: CanvasImageSource & { width: number; height: number },
  crop: Box,
  covers: Box[],
) {
  const [w, h] = [picture.width * crop.width, picture.height * crop.height];
  const scale = Math.min(1, longest / Math.max(w, h));
  canvas.width = Math.max(1, Math.round(w * scale));
  canvas.height = Math.max(1, Math.round(h * scale));
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.drawImage(
    picture,
    picture.width * crop.x,
    picture.height * crop.y,
    w,
    h,
    0,
    0,
    canvas.width,
    canvas.height,
  );
  pen.fillStyle = '#000';
  for (const { x, y, width, height } of covers) {
    pen.fillRect(
      ((x - crop.x) / crop.width) * canvas.width,
      ((y - crop.y) / crop.height) * canvas.height,
      (width / crop.width) * canvas.width,
      (height / crop.height) * canvas.height,
    );
  }
}

export function fileOf(canvas: HTMLCanvasElement): Promise<File> {
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) =>
        blob
          ? resolve(new File([blob], 'x.jpg'))
          : reject(new Error('the canvas gives no picture')),
      'image/jpeg',
      0.85,
    ),
  );
}
