größe = 1
名前    = 2
naïve = größe
