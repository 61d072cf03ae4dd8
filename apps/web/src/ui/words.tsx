import { createContext, type ReactElement, type ReactNode, useContext, useEffect, useState } from 'react'
import { usePreferences } from './preferences.ts'
import { de, type Words } from './words/de.ts'

export type { Words }

const Catalogue = createContext<Words>(de)

/** German is here from the start; English comes when it is wanted. */
export function WordsProvider({ children }: { children: ReactNode }): ReactElement {
  const { language } = usePreferences()
  const [english, setEnglish] = useState<Words | null>(null)
  useEffect(() => {
    if (language === 'en') void import('./words/en.ts').then((module) => setEnglish(module.en))
  }, [language])
  return <Catalogue value={language === 'en' && english !== null ? english : de}>{children}</Catalogue>
}

export function useWords(): Words {
  return useContext(Catalogue)
}
