"""The dialect of OpenAI's moderation endpoint."""
