import { createContext, type ReactElement, type ReactNode, useContext, useEffect, useState } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { usePreferences } from './preferences.ts'
import { de, type Words } from './words/de.ts'

export type { Words }

const Catalogue = createContext<Words>(de)

/** German is here from the start; English comes when it is wanted. What the parts we use say by themselves is in the same language. */
export function WordsProvider({ children }: { children: ReactNode }): ReactElement {
  const { language } = usePreferences()
  const [english, setEnglish] = useState<Words | null>(null)
  useEffect(() => {
    if (language === 'en') void import('./words/en.ts').then((module) => setEnglish(module.en))
  }, [language])
  return (
    <I18nProvider locale={language}>
      <Catalogue value={language === 'en' && english !== null ? english : de}>{children}</Catalogue>
    </I18nProvider>
  )
}

export function useWords(): Words {
  return useContext(Catalogue)
}
