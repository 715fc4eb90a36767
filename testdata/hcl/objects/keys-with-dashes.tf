a = { b-c = 1, d_e = 2, f1 = 3, größe = 4 }
