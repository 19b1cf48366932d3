let context: AudioContext | null = null;

/** Two soft notes, up for a customer, down for a step down. Made, not loaded: no file, no request. */
export function chime(kind: 'high' | 'low'): void {
  try {
    context ??= new AudioContext();
    const notes = kind === 'high' ? [660, 880] : [520, 390];
    notes.forEach((frequency, index) => {
      if (context) note(context, frequency, context.currentTime + index * 0.14);
    });
  } catch {
    // A browser without sound, or one that forbids it until the first click.
  }
}

function note(audio: AudioContext, frequency: number, at: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.12, at + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.32);
}
