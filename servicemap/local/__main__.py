from servicemap.local.cli import main

raise SystemExit(main())
