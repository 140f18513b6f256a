"""Perspective's dialect: what its clients send is understood, what they read is sent."""
