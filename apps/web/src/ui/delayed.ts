import { useEffect, useState } from 'react'

/** True once `waiting` has lasted: what is quick shows no sign of waiting. */
export function useDelayed(waiting: boolean, afterMs = 300): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!waiting) {
      setLate(false)
      return
    }
    const timer = setTimeout(() => setLate(true), afterMs)
    return () => clearTimeout(timer)
  }, [waiting, afterMs])
  return waiting && late
}
