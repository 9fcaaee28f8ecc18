/** Names for made-up passengers by the language they read; first and family names are combined at random. */
export const namesByLanguage = {
  en: {
    first: [
      ...['Alice', 'Amir', 'Ava', 'Benjamin', 'Caleb', 'Chloe', 'Daniel', 'Dev', 'Ella', 'Ethan', 'Fiona', 'Grace'],
      ...['Hannah', 'Isaac', 'Jada', 'Kwame', 'Leah', 'Liam', 'Maya', 'Mei', 'Nathan', 'Olivia', 'Priya', 'Quinn'],
      ...['Ravi', 'Ruth', 'Samuel', 'Tara', 'Victor', 'Wesley', 'Yuki', 'Zoe'],
    ],
    family: [
      ...[
        'Abbott',
        'Ahmed',
        'Baker',
        'Brooks',
        'Carter',
        'Chen',
        'Cole',
        'Davies',
        'Ellis',
        'Foster',
        'Gupta',
        'Hayes',
      ],
      ...['Hughes', 'Irving', 'Jackson', 'Kim', 'Lawson', 'Marsh', 'Mensah', 'Nguyen', 'Osborne', 'Patel', 'Quigley'],
      ...['Reed', 'Shaw', 'Tanaka', 'Turner', 'Underwood', 'Vance', 'Walsh', 'Wong', 'Young'],
    ],
  },
  es: {
    first: [
      ...[
        'Alejandro',
        'Ana',
        'Carlos',
        'Carmen',
        'Diego',
        'Elena',
        'Javier',
        'Lucía',
        'María',
        'Mateo',
        'Pilar',
        'Rosa',
      ],
    ],
    family: [
      ...[
        'Castro',
        'Díaz',
        'Fernández',
        'García',
        'Hernández',
        'López',
        'Morales',
        'Navarro',
        'Ortiz',
        'Peña',
        'Ramos',
      ],
    ],
  },
  fr: {
    first: ['Amélie', 'Antoine', 'Camille', 'Chloé', 'Étienne', 'Jules', 'Léa', 'Louis', 'Manon', 'Noé'],
    family: ['Bernard', 'Dubois', 'Fontaine', 'Girard', 'Lambert', 'Lefèvre', 'Moreau', 'Petit', 'Roussel', 'Vidal'],
  },
  de: {
    first: ['Anna', 'Felix', 'Greta', 'Jonas', 'Jürgen', 'Katharina', 'Lukas', 'Mia', 'Sabine', 'Tobias'],
    family: ['Becker', 'Fischer', 'Hoffmann', 'Koch', 'Krüger', 'Müller', 'Neumann', 'Schäfer', 'Weber', 'Zimmermann'],
  },
} as const satisfies Record<string, { readonly first: readonly string[]; readonly family: readonly string[] }>

/** A language that made-up passengers read. */
export type DemoLanguage = keyof typeof namesByLanguage
