// The account page: time zones to choose from, and pictures made small before they are sent.
'use strict';

{
  const most = 256 * 1024, side = 512;
  const zone = document.querySelector('input[name="time_zone"]');
  const file = document.querySelector('input[type="file"]');
  let shrinking = null;

  if (zone && Intl.supportedValuesOf) {
    const list = document.createElement('datalist');
    list.id = 'zones';
    for (const name of Intl.supportedValuesOf('timeZone')) list.append(new Option('', name));
    zone.after(list);
    zone.setAttribute('list', list.id);
  }

  // What a browser cannot read goes as it is: the answer says what is wrong with it.
  async function shrink(picture) {
    const bitmap = await createImageBitmap(picture);
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const small = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.88));
    if (file.files[0] !== picture) return;
    const files = new DataTransfer();
    files.items.add(new File([small], 'picture.jpg', { type: small.type }));
    file.files = files.files;
  }

  file?.addEventListener('change', () => {
    const picture = file.files[0];
    const isFine = !picture || (picture.size <= most && file.accept.split(',').includes(picture.type));
    const work = isFine ? null : shrink(picture).catch(() => {}).then(() => {
      if (shrinking === work) shrinking = null;
    });
    shrinking = work;
  });
  file?.form.addEventListener('submit', event => {
    if (!shrinking) return;
    event.preventDefault();
    shrinking.then(() => file.form.requestSubmit());
  });
}
