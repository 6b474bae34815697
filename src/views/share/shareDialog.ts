// Whether the dialog with the link to this exact view is open: a button and a key lead there.

import { createStore } from 'zustand/vanilla';

export const shareDialog = createStore(() => ({ isOpen: false }));
