"""What a linked person does in the chat, with the rights that they have."""
