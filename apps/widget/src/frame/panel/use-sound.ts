import type { MessageView } from '@stepdown/client';
import { useEffect, useRef, useState } from 'react';

/** A soft sound when somebody answers; off until the visitor turns it on. Lasts as long as the page. */
export function useSound(messages: readonly MessageView[]): [boolean, (isOn: boolean) => void] {
  const [isOn, setIsOn] = useState(false);
  const count = messages.filter((message) => message.author !== 'visitor' && message.status !== 'streaming').length;
  const heard = useRef(count);
  useEffect(() => {
    if (isOn && count > heard.current) play();
    heard.current = count;
  }, [isOn, count]);
  return [
    isOn,
    (next) => {
      setIsOn(next);
      if (next) play();
    },
  ];
}

function play(): void {
  const audio = new AudioContext();
  const gain = audio.createGain();
  const tone = audio.createOscillator();
  tone.frequency.value = 660;
  gain.gain.setValueAtTime(0.06, audio.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.35);
  tone.connect(gain).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.35);
  tone.onended = () => void audio.close();
}
