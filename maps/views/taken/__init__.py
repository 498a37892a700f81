"""What somebody takes along or puts elsewhere: embeds, pictures, files, selections."""
